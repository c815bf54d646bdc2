"""Rich text that people from Word understand, as a sanitised structure.

A text is a row of blocks, each a paragraph with a style, as in Word: :mod:`.types`. What may be
done with it: :mod:`.codec` (stored JSON), :mod:`.markdown` (without scripts), :mod:`.showing`
(HTML, plain text), :mod:`.differences`, :mod:`.merging` (two writers), :mod:`.suggesting` (edits
that come back, one by one).
"""
