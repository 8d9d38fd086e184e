"""Digests of a result's input, duties and certificate, which show later changes."""

import hashlib
import json
from typing import Any

from scheduler.domain.results.certificate import Certificate
from scheduler.domain.results.roster import Roster


def digest(content: Any) -> str:
    """SHA-256 of plain values as canonical JSON: keys sorted, no spaces, UTF-8."""
    canonical = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def roster_hash(roster: Roster) -> str:
    """Digest of all duties with their breaks, independent of their order."""
    duties = sorted(roster.duties, key=lambda duty: (duty.agent, duty.start, duty.end))
    return digest([duty.model_dump(mode="json") for duty in duties])


def certificate_hash(certificate: Certificate) -> str:
    """Digest of the bound's premises: prices and carried rules, not the figures that follow from them."""
    left_out = {"bound", "unavoidable_wages", "proof_checked"}
    if not certificate.goals:  # certificates from before there were any keep their digest
        left_out.add("goals")
    return digest(certificate.model_dump(mode="json", exclude=left_out))
