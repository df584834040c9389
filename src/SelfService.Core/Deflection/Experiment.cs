using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace SelfService.Core.Deflection;

/// <summary>What a share of the visitors does without.</summary>
public enum ExperimentKind
{
    /// <summary>The articles beside the forms.</summary>
    FormOffers,

    /// <summary>One article, in searches and beside forms. Its own address works for everybody.</summary>
    Article,

    /// <summary>One kind of mail that nobody needs: it tells what the case shows too.</summary>
    Notice,
}

/// <summary>
/// A comparison between people who get something and people who do not, declared before it begins. Who does without is decided by a
/// hash, so that the same person is always on the same side, on every node, with nothing stored.
/// </summary>
/// <param name="Key">Name; another key deals the sides anew.</param>
/// <param name="Subject">Slug of the article, or name of the notice; empty for <see cref="ExperimentKind.FormOffers"/>.</param>
/// <param name="Held">Share that does without, from 0 to 0.5.</param>
/// <param name="From">First day on which somebody can come into it.</param>
/// <param name="Until">Last such day. Only after it and the window is the result shown.</param>
/// <param name="Least">People needed on each side before a result is shown.</param>
public sealed record Experiment(string Key, ExperimentKind Kind, string Subject, double Held, LocalDate From, LocalDate Until, int Least)
{
    public const int KeyMaxLength = 60;

    /// <summary>Largest share that may do without.</summary>
    public const double MaxHeld = 0.5;

    /// <summary>Fewer people than these on a side say nothing.</summary>
    public const int LeastPeople = 100;

    /// <summary>Whether somebody can come into it on that day.</summary>
    public bool Runs(LocalDate day) => Held > 0 && day >= From && day <= Until;

    /// <summary>Whether that person does without.</summary>
    /// <param name="unit">Id of the visitor; of the customer for a notice, which reaches no browser.</param>
    public bool IsHeld(Guid unit)
    {
        Span<byte> text = stackalloc byte[16 + (3 * KeyMaxLength)];
        unit.TryWriteBytes(text, bigEndian: true, out var length);
        length += Encoding.UTF8.GetBytes(Key, text[length..]);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return BinaryPrimitives.ReadUInt64BigEndian(hash) < Held * ulong.MaxValue;
    }
}

/// <summary>The experiments of the portal: those declared in <c>content/experiments.yaml</c> and the one at the forms, a new one each quarter.</summary>
/// <param name="Declared">As the file has them.</param>
/// <param name="FormsHeld">Share that sees no articles beside the forms; 0 turns it off.</param>
public sealed record Experiments(IReadOnlyList<Experiment> Declared, double FormsHeld)
{
    /// <summary>Share that sees no articles beside the forms, unless the file says another.</summary>
    public const double UsualFormsHeld = 0.1;

    /// <summary>What runs where there is no file.</summary>
    public static readonly Experiments Usual = new([], UsualFormsHeld);

    /// <summary>The one at the forms on a day; null where it is turned off.</summary>
    public Experiment? AtForms(LocalDate day)
    {
        if (FormsHeld <= 0)
        {
            return null;
        }

        var quarter = (day.Month + 2) / 3;
        var from = new LocalDate(day.Year, (3 * quarter) - 2, 1);
        return new Experiment($"form-offers-{day.Year}-{quarter}", ExperimentKind.FormOffers, "", FormsHeld, from, from.PlusMonths(3).PlusDays(-1), Experiment.LeastPeople);
    }

    /// <summary>The articles that are being tried on a day.</summary>
    public IEnumerable<Experiment> Articles(LocalDate day) => Declared.Where(e => e.Kind == ExperimentKind.Article && e.Runs(day));

    /// <summary>What is being tried of a notice on a day; null for nothing.</summary>
    /// <param name="notice">Its name in the file.</param>
    public Experiment? OfNotice(LocalDate day, string notice) => Declared.FirstOrDefault(e => e.Kind == ExperimentKind.Notice && e.Subject == notice && e.Runs(day));

    /// <summary>The newest one about an article; null for none.</summary>
    public Experiment? OfArticle(string slug) => Declared.Where(e => e.Kind == ExperimentKind.Article && e.Subject == slug).MaxBy(e => e.Until);

    /// <summary>Every experiment that some day of a period belongs to, the newest first.</summary>
    public IReadOnlyList<Experiment> Between(LocalDate from, LocalDate to)
    {
        var all = Declared.Where(e => e.From <= to && e.Until >= from).ToList();
        for (var day = from; day <= to && AtForms(day) is { } forms; day = forms.Until.PlusDays(1))
        {
            all.Add(forms);
        }

        return [.. all.OrderByDescending(e => e.From).ThenBy(e => e.Key, StringComparer.Ordinal)];
    }
}
