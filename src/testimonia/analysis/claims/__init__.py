"""What sentences assert and deny, word by word (`terms`) and as typed claims (`find`)."""

from testimonia.analysis.claims.terms import Claims, Term, is_act, opposite, read_claims

__all__ = ["Claims", "Term", "is_act", "opposite", "read_claims"]
