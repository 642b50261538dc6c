"""Other people's formats: insurers' lists in, letters and result files out."""
