"""Taking documents in: uploaded, corrected, registered as answers or given up."""
