using System.Globalization;
using NodaTime;
using SelfService.Core.Appointments;
using SelfService.Core.Company;
using SelfService.Core.KnowledgeBase.Rendering;
using SelfService.Core.Requests;

namespace SelfService.Core.KnowledgeBase.LiveData;

/// <summary>A price as the catalogue has it.</summary>
/// <param name="Price">Minor units of the company's currency.</param>
/// <param name="Note">Words behind it, such as «al mes»; usually none.</param>
public sealed record SkuPrice(string Sku, long Price, string Note);

/// <summary>The figures of a company, from its profile, its agenda and its catalogue.</summary>
public static class CompanyFacts
{
    /// <summary>Reads them.</summary>
    /// <param name="prices">Of everything on sale.</param>
    /// <param name="snippets">Markdown by key.</param>
    public static LiveFigures Read(CompanyProfile company, Agenda agenda, IEnumerable<SkuPrice> prices, IEnumerable<KeyValuePair<string, string>> snippets, RenderWords words)
    {
        var figures = new Dictionary<string, LiveFigure>();
        var money = new CompanyFigures(company);
        foreach (var price in prices)
        {
            figures[LiveReference.Key(LiveReference.Price, price.Sku)] = new LiveFigure($"{money.ShowMoney(price.Price)} {price.Note}".TrimEnd());
        }

        foreach (var (name, phone) in Phones(company.Contact))
        {
            figures[LiveReference.Key(LiveReference.Phone, name)] = new LiveFigure(phone.Text, phone.Href);
        }

        var spelled = new SpelledHours(words, CultureInfo.GetCultureInfo(company.Locale));
        foreach (var place in agenda.Places)
        {
            AddHours(place.Key, place.Hours.Week);
        }

        AddHours(LiveReference.General, company.OpeningHours.Week.ToDictionary(day => day.Key, day => (IReadOnlyList<DayHours>)[day.Value]));
        foreach (var (key, markdown) in snippets)
        {
            figures[LiveReference.Key(LiveReference.Snippet, key)] = new LiveFigure(markdown);
        }

        return new LiveFigures(figures, company.Countries.Append(company.Country));

        void AddHours(string name, IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<DayHours>> week)
        {
            if (spelled.Of(week) is { Length: > 0 } text)
            {
                figures[LiveReference.Key(LiveReference.Hours, name)] = new LiveFigure(text);
            }
        }
    }

    private static IEnumerable<(string Name, LiveFigure Phone)> Phones(ContactWays contact)
    {
        foreach (var line in contact.Lines)
        {
            yield return (line.Name, new LiveFigure(line.Phone, "tel:" + line.PhoneLink));
        }

        if (contact.Phone is not null)
        {
            yield return (LiveReference.General, new LiveFigure(contact.Phone, "tel:" + contact.PhoneLink));
        }

        if (contact.Whatsapp is not null)
        {
            yield return ("whatsapp", new LiveFigure(contact.Whatsapp, contact.WhatsappLink));
        }

        if (contact.Urgent is { } urgent)
        {
            yield return ("urgencias", new LiveFigure(urgent.Phone, "tel:" + urgent.PhoneLink));
        }
    }
}
