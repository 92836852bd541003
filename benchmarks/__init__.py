"""The benchmark suite: Duban beside the same job in hand-written SQL, in the same run; ratios, not bare seconds."""
