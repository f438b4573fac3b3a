"""Many runs: paths, sweeps, screening, sensitivity, backtests. Nothing here yet."""
