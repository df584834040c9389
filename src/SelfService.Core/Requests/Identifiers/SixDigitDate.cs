using NodaTime.Text;

namespace SelfService.Core.Requests.Identifiers;

/// <summary>A date written as year, month and day of two digits each, as in the RFC and the CURP.</summary>
internal static class SixDigitDate
{
    private static readonly LocalDatePattern Pattern = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    /// <summary>True when the calendar has the day in that century.</summary>
    /// <param name="yymmdd">Six ASCII digits.</param>
    /// <param name="century">First two digits of the year, such as <c>20</c>.</param>
    public static bool Exists(string yymmdd, string century) => Pattern.Parse(century + yymmdd) is { Success: true };
}
