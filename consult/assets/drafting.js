// The drafting table: taking passages into the text by keys, and saving while one writes.
