namespace SelfService.Core.Requests;

/// <summary>What was typed into a form, by the names of its controls, as it came.</summary>
public sealed class TypedValues(IReadOnlyDictionary<string, IReadOnlyList<string>> values)
{
    /// <summary>A form nobody has touched.</summary>
    public static readonly TypedValues None = new(new Dictionary<string, IReadOnlyList<string>>());

    /// <summary>Every value of a control.</summary>
    public IReadOnlyList<string> All(string name) => values.GetValueOrDefault(name) ?? [];

    /// <summary>The first value of a control, or nothing.</summary>
    public string One(string name) => All(name) is [var first, ..] ? first : "";

    /// <summary>Whether the control has this value among others.</summary>
    public bool Has(string name, string value) => All(name).Contains(value);

    /// <summary>The same with other values of some controls.</summary>
    public TypedValues With(IReadOnlyDictionary<string, string> others) =>
        new(values.Where(v => !others.ContainsKey(v.Key)).Concat(others.Select(o => KeyValuePair.Create(o.Key, (IReadOnlyList<string>)[o.Value]))).ToDictionary());
}
