using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace SelfService.Core.Persistence;

/// <summary>A value kept as JSON text, the same on both databases.</summary>
public class JsonConverter<T>(Func<T, T> trim) : ValueConverter<T, string>(
    value => JsonSerializer.Serialize(trim(value), JsonColumns.Options),
    text => JsonSerializer.Deserialize<T>(text, JsonColumns.Options)!)
{
    public JsonConverter()
        : this(value => value)
    {
    }
}

/// <summary>Mapping of values that are read and written whole.</summary>
public static class JsonColumns
{
    internal static readonly JsonSerializerOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Stores an immutable list as JSON; compared by reference, because it is replaced and never changed.</summary>
    public static PropertyBuilder<IReadOnlyList<T>> HasJsonConversion<T>(this PropertyBuilder<IReadOnlyList<T>> property) =>
        property.HasConversion(new JsonConverter<IReadOnlyList<T>>(), new ValueComparer<IReadOnlyList<T>>(
            (a, b) => ReferenceEquals(a, b), value => value.Count, value => value));
}
