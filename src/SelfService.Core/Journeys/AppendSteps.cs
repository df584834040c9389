using System.Data.Common;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SelfService.Core.Persistence;

namespace SelfService.Core.Journeys;

/// <summary>
/// Writes many steps with few statements. Every page that is read leaves one, so what it costs to follow each as an entity would be
/// most of what reading costs.
/// </summary>
internal static class AppendSteps
{
    // SQLite looks each parameter up by its name among all of them: a statement with many rows costs more than it saves.
    private const int RowsAtOnce = 4;

    private static readonly string[] Columns =
    [
        nameof(VisitStep.Id), nameof(VisitStep.VisitorId), nameof(VisitStep.Kind), nameof(VisitStep.Subject), nameof(VisitStep.Hits),
        nameof(VisitStep.Form), nameof(VisitStep.Query), nameof(VisitStep.Experiment), nameof(VisitStep.At),
    ];

    private static readonly Dictionary<VisitStepKind, string> Kinds = Enum.GetValues<VisitStepKind>().ToDictionary(k => k, k => k.ToString());

    /// <summary>Appends them in the transaction that is open.</summary>
    public static async Task AppendStepsAsync(this PortalDbContext db, IReadOnlyList<VisitStep> steps, CancellationToken cancel)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        foreach (var rows in steps.Chunk(RowsAtOnce))
        {
            if (command.Parameters.Count != rows.Length * Columns.Length)
            {
                // The first time, and for what is left over at the end.
                command.CommandText = Insert(rows.Length);
                Declare(command, rows.Length);
            }

            for (var row = 0; row < rows.Length; row++)
            {
                Bind(command, row, rows[row]);
            }

            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static string Insert(int rows)
    {
        var sql = new StringBuilder("INSERT INTO \"VisitSteps\" (").AppendJoin(", ", Columns.Select(c => $"\"{c}\"")).Append(") VALUES ");
        for (var row = 0; row < rows; row++)
        {
            sql.Append(row == 0 ? "(" : ", (").AppendJoin(", ", Enumerable.Range(row * Columns.Length, Columns.Length).Select(p => $"@p{p}")).Append(')');
        }

        return sql.ToString();
    }

    private static void Declare(DbCommand command, int rows)
    {
        command.Parameters.Clear();
        for (var number = 0; number < rows * Columns.Length; number++)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@p{number}";
            command.Parameters.Add(parameter);
        }
    }

    private static void Bind(DbCommand command, int row, VisitStep step)
    {
        var at = row * Columns.Length;
        void Set(object? value) => command.Parameters[at++].Value = value ?? DBNull.Value;
        Set(step.Id);
        Set(step.VisitorId);
        Set(Kinds[step.Kind]);
        Set(step.Subject);
        Set(step.Hits);
        Set(step.Form);
        Set(step.Query);
        Set(step.Experiment);
        Set(step.At);
    }
}
