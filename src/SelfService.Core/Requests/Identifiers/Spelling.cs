namespace SelfService.Core.Requests.Identifiers;

/// <summary>An identifier that has the shape of its kind.</summary>
/// <param name="Value">As its country writes it.</param>
/// <param name="HasRightDigit">The check digit is the one that belongs to the rest.</param>
internal readonly record struct Spelling(string Value, bool HasRightDigit);
