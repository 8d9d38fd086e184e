"""Linear programmes as OR-Tools reads them."""
