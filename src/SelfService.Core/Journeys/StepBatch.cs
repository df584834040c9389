using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using SelfService.Core.Persistence;

namespace SelfService.Core.Journeys;

/// <summary>
/// Steps of a rush, put down together as they came. To write each as a row of its own, with its indexes, costs many times as much, and
/// that is done when it is quieter.
/// </summary>
public sealed class StepBatch
{
    /// <summary>That of its first step.</summary>
    public Guid Id { get; init; }

    /// <summary>The steps, one after the other, each as <see cref="Write"/> leaves it.</summary>
    public byte[] Steps { get; init; } = [];

    /// <summary>Puts steps together.</summary>
    /// <param name="steps">At least one.</param>
    public static StepBatch Of(IReadOnlyList<VisitStep> steps)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        foreach (var step in steps)
        {
            Write(writer, step);
        }

        return new StepBatch { Id = steps[0].Id, Steps = bytes.ToArray() };
    }

    /// <summary>The steps that were put together.</summary>
    public IReadOnlyList<VisitStep> Read()
    {
        var steps = new List<VisitStep>();
        using var reader = new BinaryReader(new MemoryStream(Steps));
        while (reader.BaseStream.Position < Steps.Length)
        {
            steps.Add(Read(reader));
        }

        return steps;
    }

    private static void Write(BinaryWriter writer, VisitStep step)
    {
        writer.Write(step.Id.ToByteArray());
        writer.Write((step.VisitorId ?? Guid.Empty).ToByteArray());
        writer.Write(step.Kind.ToString());
        writer.Write(step.Subject);
        writer.Write(step.Hits ?? -1);
        writer.Write(step.Form);
        writer.Write(step.Query);
        writer.Write(step.Experiment);
        writer.Write(step.At.Ticks);
    }

    private static VisitStep Read(BinaryReader reader) => new()
    {
        Id = new Guid(reader.ReadBytes(16)),
        VisitorId = new Guid(reader.ReadBytes(16)) is var visitor && visitor != Guid.Empty ? visitor : null,
        Kind = Enum.Parse<VisitStepKind>(reader.ReadString()),
        Subject = reader.ReadString(),
        Hits = reader.ReadInt32() is var hits and >= 0 ? hits : null,
        Form = reader.ReadString(),
        Query = reader.ReadString(),
        Experiment = reader.ReadString(),
        At = new DateTime(reader.ReadInt64(), DateTimeKind.Utc),
    };
}

internal sealed class StepBatchMapping : IEntityTypeConfiguration<StepBatch>
{
    public void Configure(EntityTypeBuilder<StepBatch> builder) => builder.Property(b => b.Id).ValueGeneratedNever();
}

/// <summary>How batches become steps.</summary>
public static class StepBatches
{
    /// <summary>Writes the steps of waiting batches as rows, the oldest first, each batch in a transaction of its own.</summary>
    /// <param name="most">Batches at most; null for all.</param>
    public static async Task SortInAsync(this PortalDbContext db, int? most, CancellationToken cancel)
    {
        for (var left = most ?? int.MaxValue; left > 0 && await db.StepBatches.AsNoTracking().OrderBy(b => b.Id).FirstOrDefaultAsync(cancel) is { } batch; left--)
        {
            await db.InTransactionAsync(
                async () =>
                {
                    // Another node may be sorting in the same one.
                    if (await db.StepBatches.Where(b => b.Id == batch.Id).ExecuteDeleteAsync(cancel) == 1)
                    {
                        await db.AppendStepsAsync(batch.Read(), cancel);
                    }
                },
                cancel);
        }
    }
}
