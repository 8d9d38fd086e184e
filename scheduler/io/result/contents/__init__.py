"""What a result holds: names of sheets and figures, frames, and how ``verify`` treats each of them."""
