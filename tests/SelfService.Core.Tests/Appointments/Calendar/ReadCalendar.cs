using System.Globalization;
using System.Text;
using NodaTime;
using NodaTime.Text;

namespace SelfService.Core.Tests.Appointments.Calendar;

/// <summary>
/// A calendar file as a strict calendar reads it (RFC 5545) that knows no zone but those which the file itself describes. What
/// breaks a rule of the format is a failure.
/// </summary>
public sealed class ReadCalendar
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly LocalDateTimePattern Local = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");

    private readonly Dictionary<string, List<Rule>> rules;

    private ReadCalendar(Component file)
    {
        File = file;
        rules = Zones.ToDictionary(z => z["TZID"].Text, z => z.Parts.Select(p => new Rule(Onset(p), Offset(p["TZOFFSETFROM"].Raw), Offset(p["TZOFFSETTO"].Raw))).ToList());
    }

    public Component File { get; }

    public IReadOnlyList<Component> Zones => [.. File.Parts.Where(p => p.Name == "VTIMEZONE")];

    public IReadOnlyList<Component> Events => [.. File.Parts.Where(p => p.Name == "VEVENT")];

    public static ReadCalendar Of(string text)
    {
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n")[..^1];
        Assert.All(lines, line =>
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            Assert.InRange(bytes.Length, 1, 75);
            Assert.Equal(line, Strict.GetString(bytes));
            Assert.False(line.Any(letter => char.IsControl(letter) && letter != '\t'), line);
        });

        var root = new Component("");
        var open = new Stack<Component>([root]);
        foreach (var property in string.Join("\r\n", lines).Replace("\r\n ", "", StringComparison.Ordinal).Replace("\r\n\t", "", StringComparison.Ordinal).Split("\r\n").Select(Property.Of))
        {
            switch (property.Name)
            {
                case "BEGIN":
                    var part = new Component(property.Raw);
                    open.Peek().Parts.Add(part);
                    open.Push(part);
                    break;
                case "END":
                    Assert.Equal(open.Pop().Name, property.Raw);
                    break;
                default:
                    Assert.DoesNotContain(open.Peek().Properties, p => p.Name == property.Name);
                    open.Peek().Properties.Add(property);
                    break;
            }
        }

        Assert.Same(root, Assert.Single(open));
        var file = Assert.Single(root.Parts);
        Assert.Equal("VCALENDAR", file.Name);
        return new ReadCalendar(file);
    }

    /// <summary>The moment of a property of an event.</summary>
    public Instant Moment(Component appointment, string name)
    {
        var property = appointment[name];
        if (property.Raw.EndsWith('Z'))
        {
            Assert.Empty(property.Parameters);
            return Local.Parse(property.Raw[..^1]).Value.InUtc().ToInstant();
        }

        var local = Local.Parse(property.Raw).Value;
        var known = rules[property.Parameters["TZID"]];
        var rule = known.Where(r => r.Onset <= local).MaxBy(r => r.Onset);
        Assert.True(rule is not null, $"The zone says nothing about {property.Raw}.");
        // A change is told by the clock that it ends (3.6.5); not every calendar knows, so by the other the same has to come out.
        Assert.Same(rule, known.Where(r => r.OnsetAfter <= local).MaxBy(r => r.OnsetAfter));
        return local.WithOffset(rule.To).ToInstant();
    }

    /// <summary>When a rule begins.</summary>
    public static LocalDateTime Onset(Component rule) => Local.Parse(rule["DTSTART"].Raw).Value;

    private static Offset Offset(string text)
    {
        Assert.Matches("^[+-][0-9]{4}([0-9]{2})?$", text);
        Assert.NotEqual("-0000", text);
        var parts = text[1..].Chunk(2).Select(two => int.Parse(two, CultureInfo.InvariantCulture)).ToList();
        var seconds = (parts[0] * 3600) + (parts[1] * 60) + (parts.Count > 2 ? parts[2] : 0);
        return NodaTime.Offset.FromSeconds(text[0] == '-' ? -seconds : seconds);
    }

    /// <param name="Onset">On the clock that ends.</param>
    private sealed record Rule(LocalDateTime Onset, Offset From, Offset To)
    {
        public LocalDateTime OnsetAfter { get; } = Onset.PlusSeconds(To.Seconds - From.Seconds);
    }

    public sealed record Component(string Name)
    {
        public List<Property> Properties { get; } = [];

        public List<Component> Parts { get; } = [];

        public Property this[string name] => Properties.Single(p => p.Name == name);

        public bool Has(string name) => Properties.Any(p => p.Name == name);
    }

    /// <param name="Raw">The value as it stands there.</param>
    public sealed record Property(string Name, IReadOnlyDictionary<string, string> Parameters, string Raw)
    {
        /// <summary>The value as text (3.3.11).</summary>
        public string Text
        {
            get
            {
                var text = new StringBuilder();
                for (var i = 0; i < Raw.Length; i++)
                {
                    text.Append(Raw[i] is ';' or ',' ? throw new FormatException("Not escaped.") : Raw[i] != '\\' ? Raw[i] : Raw[++i] switch
                    {
                        'n' or 'N' => '\n',
                        '\\' or ';' or ',' => Raw[i],
                        var other => throw new FormatException($"\\{other}"),
                    });
                }

                return text.ToString();
            }
        }

        public static Property Of(string line)
        {
            var i = line.IndexOfAny([';', ':']);
            var name = line[..i];
            Assert.Matches("^[A-Z-]+$", name);
            var parameters = new Dictionary<string, string>();
            while (line[i] == ';')
            {
                var equal = line.IndexOf('=', i);
                var parameter = line[(i + 1)..equal];
                Assert.Matches("^[A-Z-]+$", parameter);
                var quoted = line[equal + 1] == '"';
                i = quoted ? line.IndexOf('"', equal + 2) + 1 : line.IndexOfAny([';', ':', ','], equal);
                var value = quoted ? line[(equal + 2)..(i - 1)] : line[(equal + 1)..i];
                Assert.DoesNotContain('"', value);
                parameters.Add(parameter, Unmarked(value));
            }

            Assert.Equal(':', line[i]);
            return new Property(name, parameters, line[(i + 1)..]);
        }

        // RFC 6868.
        private static string Unmarked(string value)
        {
            var text = new StringBuilder();
            for (var i = 0; i < value.Length; i++)
            {
                text.Append(value[i] != '^' ? value[i] : value[++i] switch { '^' => '^', '\'' => '"', 'n' => '\n', var other => throw new FormatException($"^{other}") });
            }

            return text.ToString();
        }
    }
}
