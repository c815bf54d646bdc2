"""Which passages say something like another one: pure functions of texts.

``seeing`` is what is compared, ``learning`` makes a map of a round's passages (it knows
scikit-learn, and is imported by the job alone), ``model`` finds the nearest on it with numpy,
``codec`` is how a map is stored.
"""
