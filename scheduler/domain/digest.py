"""Fingerprints of what a result was made from and consists of, so that a later change shows."""

import hashlib
import json
from typing import Any

from scheduler.domain.certificate import Certificate
from scheduler.domain.roster import Roster


def digest(content: Any) -> str:
    """SHA-256 of plain values as canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def roster_hash(roster: Roster) -> str:
    """Of all duties with their breaks, in whatever order they stand."""
    duties = sorted(roster.duties, key=lambda duty: (duty.agent, duty.start, duty.end))
    return digest([duty.model_dump(mode="json") for duty in duties])


def certificate_hash(certificate: Certificate) -> str:
    """Of the premises of the bound: the prices and the rules that are carried, not what follows from them."""
    follows = {"bound", "unavoidable_wages", "proof_checked"}
    return digest(certificate.model_dump(mode="json", exclude=follows))
