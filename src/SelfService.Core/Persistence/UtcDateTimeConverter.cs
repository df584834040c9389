using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SelfService.Core.Persistence;

/// <summary>Every moment is stored as UTC and comes back as UTC, on both databases.</summary>
public sealed class UtcDateTimeConverter() : ValueConverter<DateTime, DateTime>(
    value => value.Kind == DateTimeKind.Utc ? value : Refuse(value),
    value => DateTime.SpecifyKind(value, DateTimeKind.Utc))
{
    private static DateTime Refuse(DateTime value) =>
        throw new ArgumentException($"Only UTC moments are stored, not {value.Kind}.", nameof(value));
}
