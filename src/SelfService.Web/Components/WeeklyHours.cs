using System.Globalization;
using Microsoft.Extensions.Localization;
using NodaTime;
using SelfService.Core.Company;
using SelfService.Web.Resources;

namespace SelfService.Web.Components;

/// <summary>Opening hours in as few lines as they can be said: "Lunes a viernes, 8:00 a 20:00".</summary>
public sealed class WeeklyHours(SpokenMoment spoken, IStringLocalizer<Texts> texts)
{
    /// <summary>Days and hours of each line; neighbouring days with the same hours share one.</summary>
    public IReadOnlyList<HoursLine> Lines(OpeningHours opening)
    {
        var lines = new List<HoursLine>();
        var first = IsoDayOfWeek.Monday;
        for (var day = IsoDayOfWeek.Monday; day <= IsoDayOfWeek.Sunday; day++)
        {
            var hours = opening.Week.GetValueOrDefault(day);
            var endsHere = day == IsoDayOfWeek.Sunday || opening.Week.GetValueOrDefault(day + 1) != hours;
            if (endsHere)
            {
                lines.Add(new HoursLine(Days(first, day), Hours(hours), hours is not null));
                first = day + 1;
            }
        }

        return lines;
    }

    private string Days(IsoDayOfWeek first, IsoDayOfWeek last) => first == last
        ? Capital(SpokenMoment.DayName(first))
        : Capital(texts["Hours.Days", SpokenMoment.DayName(first), SpokenMoment.DayName(last)]);

    private static string Capital(string words) => char.ToUpper(words[0], CultureInfo.CurrentCulture) + words[1..];

    private string Hours(DayHours? hours) => hours is null
        ? texts["Hours.Closed"]
        : texts["Hours.Range", spoken.Time(hours.Opens), spoken.Time(hours.Closes)];
}

/// <summary>One line of the opening hours.</summary>
public sealed record HoursLine(string Days, string Hours, bool IsOpen);
