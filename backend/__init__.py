"""Issue, check and withdraw signed proof of health-insurance eligibility (資格)."""
