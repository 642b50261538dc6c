"""The rules of eligibility (資格); they know no framework and no clock."""
