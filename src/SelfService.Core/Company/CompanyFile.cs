using System.Globalization;
using NodaTime;
using SelfService.Core.KnowledgeBase.Content;
using Law = SelfService.Core.Sla.Holidays.PublicHolidays;

namespace SelfService.Core.Company;

/// <summary><c>content/site.yaml</c> as it is written; <see cref="Read"/> checks it and makes the profile.</summary>
public sealed class CompanyFile
{
    public const string FileName = "site.yaml";

    public string? Name { get; set; }
    public string? Slogan { get; set; }
    public string? Locale { get; set; }
    public List<string>? Languages { get; set; }
    public string? TimeZone { get; set; }
    public string? Currency { get; set; }
    public string? Country { get; set; }
    public List<string>? Countries { get; set; }
    public List<string>? Featured { get; set; }
    public BrandPart? Brand { get; set; }
    public ContactPart? Contact { get; set; }
    public Dictionary<string, string>? OpeningHours { get; set; }
    public List<string>? PublicHolidays { get; set; }
    public List<HolidayPart>? Holidays { get; set; }
    public object? Actions { get; set; }

    /// <summary>Reads and checks the file.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="problems">Takes what is wrong with single actions, which are left out.</param>
    /// <exception cref="ContentException">A value is missing or cannot be used; the problem names it.</exception>
    public static CompanyProfile Read(ReadOnlySpan<byte> bytes, ICollection<ContentProblem> problems)
    {
        var file = TypedYaml.Read<CompanyFile>(bytes);
        var zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(Required(file.TimeZone, "time_zone")) ?? throw Unusable("time_zone", file.TimeZone);
        return new CompanyProfile
        {
            Name = Required(file.Name, "name"),
            Slogan = file.Slogan ?? "",
            Locale = Culture(Required(file.Locale, "locale")),
            Languages = file.Languages is { Count: > 0 } languages ? languages : ["es", "en"],
            TimeZone = zone,
            Currency = Required(file.Currency, "currency"),
            Country = Required(file.Country, "country"),
            Countries = [.. (file.Countries ?? []).Prepend(Required(file.Country, "country")).Select(Iso).Distinct()],
            Featured = [.. (file.Featured ?? []).Where(slug => !string.IsNullOrWhiteSpace(slug)).Distinct()],
            Brand = file.Brand is { } brand ? Checked(brand) : new BrandColour(185, 0.09),
            Contact = Checked(file.Contact),
            Actions = ActionEntries.Read(file.Actions, problems),
            OpeningHours = new OpeningHours(zone, Week(file.OpeningHours ?? []), Days(file.PublicHolidays ?? [], file.Holidays ?? [])),
        };
    }

    private static string Required(string? value, string key) =>
        string.IsNullOrWhiteSpace(value) ? throw new ContentException(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: —")) : value.Trim();

    private static ContentException Unusable(string key, string? value) =>
        new(ContentProblem.Error(ProblemKind.UnknownValue, 0, $"{key}: {value}"));

    // Two letters; the list of those that exist changes more often than this program.
    private static string Iso(string country) =>
        country.Length == 2 && country.All(char.IsAsciiLetter) ? country.ToUpperInvariant() : throw Unusable("countries", country);

    private static string Culture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name, predefinedOnly: true).Name;
        }
        catch (CultureNotFoundException)
        {
            throw Unusable("locale", name);
        }
    }

    private static BrandColour Checked(BrandPart brand) =>
        brand is { Hue: >= 0 and <= 360, Chroma: >= 0 and <= 0.2 }
            ? new BrandColour(brand.Hue, brand.Chroma)
            : throw Unusable("brand", $"hue {brand.Hue}, chroma {brand.Chroma}");

    private static ContactWays Checked(ContactPart? contact)
    {
        contact ??= new ContactPart();
        if (contact.WhatsappLink is { } link && !link.StartsWith("https://", StringComparison.Ordinal))
        {
            throw Unusable("contact.whatsapp_link", link);
        }

        return new ContactWays
        {
            Phone = contact.Phone,
            PhoneLink = contact.PhoneLink ?? contact.Phone?.Replace(" ", ""),
            Whatsapp = contact.Whatsapp,
            WhatsappLink = contact.WhatsappLink,
            Email = contact.Email,
            Lines = [.. (contact.Lines ?? []).Where(line => !string.IsNullOrWhiteSpace(line.Value)).Select(line => new PhoneLine(line.Key, line.Value.Trim(), line.Value.Replace(" ", "")))],
            Urgent = contact.Urgent is { Label: not null, Phone: not null } urgent
                ? new UrgentLine(urgent.Label, urgent.Phone, urgent.PhoneLink ?? urgent.Phone.Replace(" ", ""))
                : null,
        };
    }

    private static Dictionary<IsoDayOfWeek, DayHours> Week(Dictionary<string, string> hours)
    {
        var week = new Dictionary<IsoDayOfWeek, DayHours>();
        foreach (var (day, text) in hours)
        {
            // A day may have been left empty.
            week[WrittenTime.Day(day) ?? throw Unusable($"opening_hours.{day}", text)] =
                WrittenTime.Spans(text) is [var span] ? span : throw Unusable($"opening_hours.{day}", text);
        }

        return week;
    }

    // Those of the law, and what the company adds to them or works on all the same.
    private static Dictionary<LocalDate, string> Days(List<string> countries, List<HolidayPart> holidays)
    {
        var days = new Dictionary<LocalDate, string>();
        foreach (var country in countries)
        {
            var code = Law.Countries.Contains(country?.Trim().ToUpperInvariant() ?? "") ? country!.Trim().ToUpperInvariant() : throw Unusable("public_holidays", country);
            foreach (var (date, name) in Enumerable.Range(Law.FirstYear, Law.LastYear - Law.FirstYear + 1).SelectMany(year => Law.Of(code, year)))
            {
                days.TryAdd(date, name);
            }
        }

        foreach (var holiday in holidays)
        {
            var date = WrittenTime.Date(holiday.Date) ?? throw Unusable("holidays", holiday.Date);
            if (holiday.Open)
            {
                days.Remove(date);
            }
            else
            {
                days[date] = holiday.Name ?? "";
            }
        }

        return days;
    }

    public sealed class BrandPart
    {
        public double Hue { get; set; }
        public double Chroma { get; set; }
    }

    public sealed class ContactPart
    {
        public string? Phone { get; set; }
        public string? PhoneLink { get; set; }
        public string? Whatsapp { get; set; }
        public string? WhatsappLink { get; set; }
        public string? Email { get; set; }
        public Dictionary<string, string>? Lines { get; set; }
        public UrgentPart? Urgent { get; set; }
    }

    public sealed class UrgentPart
    {
        public string? Label { get; set; }
        public string? Phone { get; set; }
        public string? PhoneLink { get; set; }
    }

    public sealed class HolidayPart
    {
        public string? Date { get; set; }
        public string? Name { get; set; }

        /// <summary>Whether the company works on it all the same.</summary>
        public bool Open { get; set; }
    }
}
