using NodaTime;

namespace SelfService.Core.Company;

/// <summary>The company behind the portal, read from <c>content/site.yaml</c>.</summary>
public sealed record CompanyProfile
{
    /// <summary>Name as customers know it.</summary>
    public required string Name { get; init; }

    /// <summary>One short line under the name, or empty.</summary>
    public string Slogan { get; init; } = "";

    /// <summary>Culture that dates, money and numbers follow, such as <c>es-MX</c>.</summary>
    public required string Locale { get; init; }

    /// <summary>Languages of the interface that are offered, first the default.</summary>
    public IReadOnlyList<string> Languages { get; init; } = ["es", "en"];

    /// <summary>Time zone of the company's clock.</summary>
    public required DateTimeZone TimeZone { get; init; }

    /// <summary>ISO 4217 code.</summary>
    public required string Currency { get; init; }

    /// <summary>ISO 3166 code of the country.</summary>
    public required string Country { get; init; }

    /// <summary>ISO 3166 codes of all countries it serves, its own first. With more than one, readers choose theirs.</summary>
    public IReadOnlyList<string> Countries { get; init; } = [];

    /// <summary>Slugs of the articles to show first until votes prove others.</summary>
    public IReadOnlyList<string> Featured { get; init; } = [];

    /// <summary>Colour of the brand.</summary>
    public BrandColour Brand { get; init; } = new(185, 0.09);

    /// <summary>Ways to reach a person.</summary>
    public required ContactWays Contact { get; init; }

    /// <summary>What a customer can do, in the order it was written.</summary>
    public IReadOnlyList<CompanyAction> Actions { get; init; } = [];

    /// <summary>When a person answers.</summary>
    public required OpeningHours OpeningHours { get; init; }

    private static readonly DateTimeZone NeutralZone = DateTimeZoneProviders.Tzdb["America/Mexico_City"];

    /// <summary>Takes the place of a profile that cannot be read.</summary>
    public static CompanyProfile Neutral { get; } = new()
    {
        Name = "SelfService",
        Locale = "es-MX",
        TimeZone = NeutralZone,
        Currency = "MXN",
        Country = "MX",
        Countries = ["MX"],
        Contact = new ContactWays(),
        OpeningHours = new OpeningHours(NeutralZone, new Dictionary<IsoDayOfWeek, DayHours>(), new Dictionary<LocalDate, string>()),
    };
}

/// <summary>The brand colour as a hue the whole ramp is derived from.</summary>
/// <param name="Hue">OKLCH hue, 0 to 360 degrees.</param>
/// <param name="Chroma">OKLCH chroma, 0 to 0.2.</param>
public sealed record BrandColour(double Hue, double Chroma);

/// <summary>Ways to reach a person. Every one is optional; a link is what a tap opens.</summary>
public sealed record ContactWays
{
    public string? Phone { get; init; }
    public string? PhoneLink { get; init; }
    public string? Whatsapp { get; init; }
    public string? WhatsappLink { get; init; }
    public string? Email { get; init; }

    /// <summary>Further telephones, such as that of sales.</summary>
    public IReadOnlyList<PhoneLine> Lines { get; init; } = [];

    public UrgentLine? Urgent { get; init; }
}

/// <summary>A telephone that articles call by its name.</summary>
public sealed record PhoneLine(string Name, string Phone, string PhoneLink);

/// <summary>A line for what cannot wait, open when the others are not.</summary>
public sealed record UrgentLine(string Label, string Phone, string PhoneLink);
