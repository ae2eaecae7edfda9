"""What is wrong with a file, and where."""


class CatalogError(ValueError):
    """A file that cannot be used: its name, the line (from 1) where that shows, if any, and the reason."""

    def __init__(self, file: str, reason: str, line: int | None = None) -> None:
        self.file, self.reason, self.line = file, reason, line
        super().__init__(f"{file}: {reason}" if line is None else f"{file}: line {line}: {reason}")


class ChangedSourceError(CatalogError):
    """A source stands in the file otherwise than it was handed out."""


class MissingColumnsError(CatalogError):
    """A table without the columns that it must have; `columns` names those."""

    def __init__(self, file: str, columns: tuple[str, ...]) -> None:
        self.columns = columns
        super().__init__(file, f"has no columns {', '.join(columns)}", 1)


class CodesError(CatalogError):
    """An element that stands for a part of a text which is not in the file."""


class WrongDomainError(CatalogError):
    """The file says that it is of another domain than the one wanted."""


class ForeignPluralsError(CatalogError):
    """The file's plural forms are not the language's: `said` is its header's rule, `ours` the one known."""

    def __init__(self, file: str, said: str, ours: str) -> None:
        self.said, self.ours = said, ours
        super().__init__(file, f"its plural forms are {said!r}, where {ours!r} is known")


class WrongLanguageError(CatalogError):
    """The file says that it is in another language than the one wanted."""
