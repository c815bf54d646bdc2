"""What the words of a report say: quantities, quotations, names, forms of Norwegian. All pure."""
