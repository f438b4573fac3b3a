"""Many runs: paths, sweeps, screening, sensitivity, backtests."""
