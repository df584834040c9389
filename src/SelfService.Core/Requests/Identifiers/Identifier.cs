using SelfService.Core.People;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>Reads national identifiers as people type them, with any case, spaces, dots, dashes and slashes.</summary>
public static class Identifier
{
    /// <summary>Longest text that is read, in characters.</summary>
    public const int TypedMaxLength = 64;

    private static readonly Dictionary<IdentifierKind, Func<string, bool, Spelling?>> Readers = new()
    {
        [IdentifierKind.Rfc] = (text, _) => Rfc.Read(text),
        [IdentifierKind.Curp] = (text, _) => Curp.Read(text),
        [IdentifierKind.Cuit] = (text, _) => Cuit.Read(text),
        [IdentifierKind.Rut] = (text, _) => Rut.Read(text),
        [IdentifierKind.Nit] = Nit.Read,
        [IdentifierKind.Ruc] = (text, _) => Ruc.Read(text),
        [IdentifierKind.Cpf] = (text, _) => Cpf.Read(text),
        [IdentifierKind.Cnpj] = (text, _) => Cnpj.Read(text),
        [IdentifierKind.UruguayRut] = (text, _) => UruguayRut.Read(text),
        [IdentifierKind.Cedula] = (text, _) => Cedula.Read(text),
    };

    /// <summary>Reads what was typed as one of several kinds. Never throws.</summary>
    /// <param name="typed">As it was typed.</param>
    /// <param name="kinds">What it may be. The first that fits whole wins, then the first with a wrong check digit.</param>
    public static IdentifierReading Read(string? typed, IReadOnlyList<IdentifierKind> kinds)
    {
        if (typed is null || typed.Length > TypedMaxLength)
        {
            return new IdentifierReading(typed ?? "", null, IdentifierVerdict.UnknownShape);
        }

        var clean = TypedText.Clean(typed);
        var dashed = string.Concat(clean.ToUpperInvariant().Where(c => !" ./".Contains(c)));
        var text = dashed.Replace("-", "");
        var isLastApart = dashed is [.., '-', _];
        return kinds
            .Select(kind => (kind, spelling: Readers[kind](text, isLastApart)))
            .Where(read => read.spelling is not null)
            .Select(read => new IdentifierReading(
                read.spelling!.Value.Value, read.kind, read.spelling.Value.HasRightDigit ? IdentifierVerdict.Valid : IdentifierVerdict.WrongCheckDigit))
            .OrderBy(reading => reading.Verdict)
            .FirstOrDefault() ?? new IdentifierReading(clean, null, IdentifierVerdict.UnknownShape);
    }
}
