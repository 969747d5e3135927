import itertools

import numpy as np
import pytest
import torch

from quotes.language.crf import CRF, allowed, viterbi

LABELS = ("O", "B-x", "I-x", "B-y", "I-y")


def legal(path: tuple[int, ...]) -> bool:
    start, follow = allowed(LABELS)
    return start[path[0]] and all(follow[a][b] for a, b in itertools.pairwise(path))


@pytest.mark.parametrize("seed", range(8))
def test_viterbi_gives_the_best_legal_path(seed: int) -> None:
    rng = np.random.default_rng(seed)
    crf = CRF(LABELS)
    with torch.no_grad():
        crf.transitions.copy_(torch.from_numpy(rng.normal(size=(5, 5))))
        crf.start.copy_(torch.from_numpy(rng.normal(size=5)))
    start, transitions = (t.detach().numpy() for t in crf.scores())
    texts = [rng.normal(size=(n, 5)).astype(np.float32) for n in (4, 1, 5, 0, 4)]
    for emissions, path in zip(texts, viterbi(texts, start, transitions), strict=True):
        n = len(emissions)
        if not n:
            assert len(path) == 0
            continue

        def score(p: tuple[int, ...], emissions: np.ndarray = emissions) -> float:
            moves = sum(transitions[a, b] for a, b in itertools.pairwise(p))
            return float(start[p[0]] + sum(emissions[t, k] for t, k in enumerate(p)) + moves)

        best = max((p for p in itertools.product(range(5), repeat=n) if legal(p)), key=score)
        assert tuple(path.tolist()) == best


def test_the_loss_is_the_negative_log_likelihood() -> None:
    torch.manual_seed(0)
    crf = CRF(("O", "B-x"))  # no forbidden moves, so that all paths can be summed
    torch.nn.init.normal_(crf.transitions)
    torch.nn.init.normal_(crf.start)
    emissions = torch.randn(1, 3, 2)

    def score(path: tuple[int, ...]) -> torch.Tensor:
        total = crf.start[path[0]] + sum(emissions[0, t, k] for t, k in enumerate(path))
        return total + sum(crf.transitions[a, b] for a, b in itertools.pairwise(path))

    every = torch.stack([score(path) for path in itertools.product(range(2), repeat=3)])
    expected = torch.logsumexp(every, 0) - score((1, 0, 1))
    found = crf.loss(emissions, torch.tensor([[1, 0, 1]]), torch.tensor([3]))
    assert found.item() == pytest.approx(expected.item(), abs=1e-5)


def test_padding_does_not_change_the_loss() -> None:
    torch.manual_seed(0)
    crf = CRF(LABELS)
    emissions, labels = torch.randn(2, 6, 5), torch.tensor([[0, 1, 2, 0, 0, 0], [1, 2, 2, 0, 3, 4]])
    both = crf.loss(emissions, labels, torch.tensor([3, 6]))
    alone = crf.loss(emissions[:1, :3], labels[:1, :3], torch.tensor([3])) + crf.loss(
        emissions[1:], labels[1:], torch.tensor([6])
    )
    assert both.item() == pytest.approx(alone.item(), rel=1e-5)
