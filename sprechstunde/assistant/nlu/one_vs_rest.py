"""One logistic regression for each intent, on all cores. Imports no Rasa, so that helper processes start at once."""

from __future__ import annotations

from typing import Any

import numpy as np
from joblib import Parallel, delayed
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression


def fit(features: csr_matrix, labels: Any, intents: list[str], *, c: float, tol: float) -> tuple[Any, Any]:
    """Weights (features x intents, float32) and biases (one for each intent).

    In processes: liblinear keeps Python's lock while it computes, threads would take turns.
    """
    rows = Parallel(n_jobs=-1)(
        delayed(_against_the_rest)(features, labels == intent, c, tol) for intent in intents
    )
    weights = np.stack([row for row, _ in rows], axis=1)
    return weights.astype(np.float32), np.array([bias for _, bias in rows])


def start() -> None:
    """Have the helper processes ready; they end by themselves after five idle minutes."""
    fit(csr_matrix(np.eye(2)), np.array(["a", "b"]), ["a", "b"], c=1, tol=1)


def _against_the_rest(features: csr_matrix, members: Any, c: float, tol: float) -> tuple[Any, float]:
    regression = LogisticRegression(
        C=c, tol=tol, solver="liblinear", class_weight="balanced", random_state=1
    ).fit(features, members)
    return regression.coef_[0], float(regression.intercept_[0])
