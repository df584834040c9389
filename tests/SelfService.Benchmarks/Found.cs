using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;

namespace SelfService.Benchmarks;

/// <summary>What is there after everything: tickets by the key that opened them, mails by the address they went to.</summary>
internal sealed record Found(IReadOnlyDictionary<Guid, int> TicketsByKey, IReadOnlyDictionary<string, int> MailsByAddress)
{
    /// <summary>Counts in the data directory of a portal that has stopped.</summary>
    public static Found In(string data)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(data, "portal.db")}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = """SELECT "SubmissionKey" FROM "Tickets" """;
        using var reader = command.ExecuteReader();
        var keys = new List<Guid>();
        while (reader.Read())
        {
            keys.Add(reader.GetGuid(0));
        }

        var mails = Directory.GetFiles(Path.Combine(data, "mail"), "*.eml").Select(file => Regex.Match(File.ReadAllText(file), "^To: (.*?)\r?$", RegexOptions.Multiline).Groups[1].Value);
        return new Found(
            keys.GroupBy(k => k).ToDictionary(g => g.Key, g => g.Count()),
            mails.GroupBy(m => m).ToDictionary(g => g.Key, g => g.Count()));
    }
}
