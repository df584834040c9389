using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SelfService.Core.Persistence;

/// <summary>Moments that Identity keeps as <see cref="DateTimeOffset"/>, stored as UTC like all others: only so can SQLite compare them.</summary>
public sealed class UtcOffsetConverter() : ValueConverter<DateTimeOffset, DateTime>(
    value => value.UtcDateTime,
    value => new DateTimeOffset(DateTime.SpecifyKind(value, DateTimeKind.Utc)));
