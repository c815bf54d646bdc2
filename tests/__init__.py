"""The tests. What is imported lives as long as the run: the collector looks once all is there."""

import gc

gc.disable()  # until tests.support.kept.settle_memory
