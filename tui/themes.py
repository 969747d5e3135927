"""The browser's own colours: ink on paper, and paper on ink. All other themes of Textual work too."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="quotes-dark",
    primary="#7aa2d6",
    secondary="#5d7a9e",
    accent="#e0a458",
    foreground="#d5d9e0",
    background="#14171c",
    surface="#1a1e25",
    panel="#232932",
    success="#86b386",
    warning="#e0a458",
    error="#d9777f",
    dark=True,
    variables={
        "border": "#3a4350",
        "border-blurred": "#2b323c",
        "footer-background": "#1a1e25",
        "footer-key-foreground": "#e0a458",
        "footer-description-foreground": "#9aa4b2",
        "input-selection-background": "#7aa2d6 35%",
        "scrollbar": "#3a4350",
        "scrollbar-background": "#191d23",
        "scrollbar-background-hover": "#191d23",
        "scrollbar-background-active": "#191d23",
        "scrollbar-corner-color": "#14171c",
        "block-cursor-background": "#36475d",
        "block-cursor-foreground": "#eef1f5",
        "quote-content": "#e9c98f",
        "quote-cue": "#7fc4b8",
        "quote-source": "#8fb4e8",
        "quote-other": "#9aa4b2",
        "quote-hit": "#f2d024",
        "muted": "#8590a0",
    },
)
LIGHT = Theme(
    name="quotes-light",
    primary="#2b5c96",
    secondary="#6b86a6",
    accent="#a85d0a",
    foreground="#23272e",
    background="#faf8f3",
    surface="#f2efe7",
    panel="#e6e1d5",
    success="#2f7a3d",
    warning="#a85d0a",
    error="#b3313d",
    dark=False,
    variables={
        "border": "#c3bba8",
        "border-blurred": "#d9d3c4",
        "footer-background": "#f2efe7",
        "footer-key-foreground": "#a85d0a",
        "footer-description-foreground": "#5c6470",
        "input-selection-background": "#2b5c96 25%",
        "scrollbar": "#c3bba8",
        "scrollbar-background": "#f2efe7",
        "scrollbar-background-hover": "#f2efe7",
        "scrollbar-background-active": "#f2efe7",
        "scrollbar-corner-color": "#faf8f3",
        "block-cursor-background": "#c5d2e2",
        "block-cursor-foreground": "#14181f",
        "quote-content": "#8a4a00",
        "quote-cue": "#0d6e62",
        "quote-source": "#1f4f9e",
        "quote-other": "#5c6470",
        "quote-hit": "#8a6d00",
        "muted": "#69717d",
    },
)
THEMES = (DARK, LIGHT)


def fallback_variables(theme: Theme) -> dict[str, str]:
    """This app's own variables for a theme that does not define them, in that theme's colours."""
    strong = theme.foreground or ("#e0e0e0" if theme.dark else "#1f1f1f")
    return {
        "quote-content": theme.warning or theme.accent or theme.primary,
        "quote-cue": theme.success or theme.secondary or theme.primary,
        "quote-source": theme.primary,
        "quote-other": strong,
        "quote-hit": theme.accent or theme.warning or theme.primary,
        "muted": f"{strong} 60%",
    }
