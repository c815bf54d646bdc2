"""Suggesting themes and stances: pure functions of texts, made and kept on our own machine.

``words`` is what is seen of a text, ``model`` what suggests, ``learning`` how one is made (the one
place that knows scikit-learn, imported by the job alone), ``codec`` how it is stored. ``stances``
needs no learning.
"""
