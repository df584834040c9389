using Microsoft.EntityFrameworkCore.Metadata.Builders;
using NodaTime;
using NodaTime.Text;

namespace SelfService.Core.Persistence;

/// <summary>Hours and days of a clock as text that both databases order rightly: <c>2026-12-01T10:00</c>, <c>2026-12-01</c>.</summary>
internal static class LocalHours
{
    private const int Length = 16;
    private const int DayLength = 10;

    private static readonly LocalDateTimePattern Pattern = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Stores it as text, to the minute.</summary>
    public static PropertyBuilder<LocalDateTime> HasLocalHourConversion(this PropertyBuilder<LocalDateTime> property) =>
        property.HasConversion(local => Pattern.Format(local), text => Pattern.Parse(text).Value).HasMaxLength(Length);

    /// <summary>Stores it as text.</summary>
    public static PropertyBuilder<LocalDate> HasLocalDayConversion(this PropertyBuilder<LocalDate> property) =>
        property.HasConversion(day => LocalDatePattern.Iso.Format(day), text => LocalDatePattern.Iso.Parse(text).Value).HasMaxLength(DayLength);
}
