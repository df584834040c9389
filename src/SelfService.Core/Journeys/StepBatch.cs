using System.Text;
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

    /// <summary>The steps, one after the other, each as <see cref="StepWriter"/> leaves it.</summary>
    public byte[] Steps { get; init; } = [];

    /// <summary>Puts steps together.</summary>
    /// <param name="steps">At least one.</param>
    public static StepBatch Of(IReadOnlyList<VisitStep> steps)
    {
        var writer = new StepWriter(new MemoryStream());
        foreach (var step in steps)
        {
            writer.Write(step);
        }

        return Of(writer.Bytes.ToArray());
    }

    /// <summary>Steps that were put together as <see cref="StepWriter"/> does.</summary>
    /// <param name="steps">At least one.</param>
    internal static StepBatch Of(byte[] steps) => new() { Id = new Guid(steps.AsSpan(0, StepWriter.IdLength)), Steps = steps };

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

    private static VisitStep Read(BinaryReader reader) => new()
    {
        Id = new Guid(reader.ReadBytes(StepWriter.IdLength)),
        VisitorId = new Guid(reader.ReadBytes(StepWriter.IdLength)) is var visitor && visitor != Guid.Empty ? visitor : null,
        Kind = Enum.Parse<VisitStepKind>(reader.ReadString()),
        Subject = reader.ReadString(),
        Hits = reader.ReadInt32() is var hits and >= 0 ? hits : null,
        Form = reader.ReadString(),
        Query = reader.ReadString(),
        Experiment = reader.ReadString(),
        At = new DateTime(reader.ReadInt64(), DateTimeKind.Utc),
    };
}

/// <summary>Puts steps down one after the other, as <see cref="StepBatch.Read()"/> reads them.</summary>
internal sealed class StepWriter(MemoryStream stream)
{
    /// <summary>Bytes of an id.</summary>
    public const int IdLength = 16;

    // Twice what as many readings take as may wait.
    private const int MostRoomKept = 8 * 1024 * 1024;

    // Half a character is put down as the sign for one that is none, and does not keep the rest from being written.
    private readonly BinaryWriter writer = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: false));

    /// <summary>What was put down.</summary>
    public ReadOnlySpan<byte> Bytes => stream.GetBuffer().AsSpan(0, (int)stream.Length);

    /// <summary>Puts one down.</summary>
    /// <returns>Number of its bytes.</returns>
    public int Write(VisitStep step)
    {
        var before = stream.Length;
        Write(step.Id);
        Write(step.VisitorId ?? Guid.Empty);
        writer.Write(step.Kind.ToString());
        writer.Write(step.Subject);
        writer.Write(step.Hits ?? -1);
        writer.Write(step.Form);
        writer.Write(step.Query);
        writer.Write(step.Experiment);
        writer.Write(step.At.Ticks);
        return (int)(stream.Length - before);
    }

    /// <summary>Forgets the first bytes; what follows moves to the front. Room for more than a usual rush is given back.</summary>
    public void DropFront(int length)
    {
        var rest = Bytes[length..];
        rest.CopyTo(stream.GetBuffer());
        stream.SetLength(rest.Length);
        stream.Position = rest.Length;
        if (rest.Length == 0 && stream.Capacity > MostRoomKept)
        {
            stream.Capacity = 0;
        }
    }

    private void Write(Guid id)
    {
        Span<byte> bytes = stackalloc byte[IdLength];
        id.TryWriteBytes(bytes);
        writer.Write(bytes);
    }
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
