"""Language understanding: small Rasa components, German and English alike, no TensorFlow.

`config.yml` puts them in order. Everything clinic-specific (names, visit types, insurers) is read from
the clinic's data at run time, so a new doctor needs no training.
"""
