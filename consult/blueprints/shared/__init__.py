"""What every surface uses: access, transactions, the actor, errors, the base of forms."""
