namespace SelfService.Core.Requests.Identifiers;

/// <summary>What was read from a typed identifier. Whatever it says, the person may go on: it is a warning to her.</summary>
/// <param name="Value">As its country writes it; as it was typed when nothing is known about it.</param>
/// <param name="Kind">What it is, or null.</param>
/// <param name="Verdict">Whether it can be right.</param>
public sealed record IdentifierReading(string Value, IdentifierKind? Kind, IdentifierVerdict Verdict);

/// <summary>Whether an identifier can be right.</summary>
public enum IdentifierVerdict
{
    /// <summary>Shape and check digit agree. That somebody has it is not said.</summary>
    Valid,

    /// <summary>The shape is known, but some character is not the one that was given out.</summary>
    WrongCheckDigit,

    /// <summary>None of the kinds that were asked for.</summary>
    UnknownShape,
}
