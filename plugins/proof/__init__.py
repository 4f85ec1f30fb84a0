"""The shaping proof: a finished PDF held against what its sources say, by none of the typesetter's code.

`prove(pdf, edition, library)` gives a `Proof`; `proof.report` writes it down.
"""
