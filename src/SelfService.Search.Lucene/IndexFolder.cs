using Lucene.Net.Index;
using Lucene.Net.Store;
using Lucene.Net.Util;
using SelfService.Search.Lucene.Analysis;
using Directory = System.IO.Directory;
using Lock = Lucene.Net.Store.Lock;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace SelfService.Search.Lucene;

/// <summary>
/// Where the index is kept. Nothing in it is needed: what is missing, damaged, of another version or of another process is
/// made anew from the database.
/// </summary>
internal static class IndexFolder
{
    /// <summary>Changes with the fields, the analysis and what is stored of a document.</summary>
    private const string Version = "1";

    private const string VersionKey = "version";

    /// <summary>Processes that may share a data directory, each with a folder of its own.</summary>
    private const int MostProcesses = 16;

    /// <summary>A writer that holds what was there, or nothing.</summary>
    /// <param name="folder">Folder of the indexes; null for an index in memory.</param>
    /// <exception cref="IOException">Nothing can be written there.</exception>
    public static IndexWriter Open(string? folder)
    {
        if (folder is null)
            return Writer(new RAMDirectory(), OpenMode.CREATE);
        for (int process = 0; ; process++)
        {
            string own = Path.Combine(folder, $"lucene-{process}");
            Directory.CreateDirectory(own);
            try
            {
                return Open(FSDirectory.Open(own));
            }
            catch (LockObtainFailedException) when (process < MostProcesses)
            {
                // Another process works with this one.
            }
        }
    }

    /// <summary>What is said with each commit.</summary>
    public static IDictionary<string, string> Data() => new Dictionary<string, string> { [VersionKey] = Version };

    private static IndexWriter Open(FSDirectory directory)
    {
        using (Lock ours = directory.MakeLock(IndexWriter.WRITE_LOCK_NAME))
        {
            if (!ours.Obtain())
                throw new LockObtainFailedException("");
            if (!IsSound(directory))
            {
                // Also a writer that makes all anew reads what is there first.
                foreach (string file in directory.ListAll().Where(name => name != IndexWriter.WRITE_LOCK_NAME))
                    directory.DeleteFile(file);
            }
        }

        return Writer(directory, OpenMode.CREATE_OR_APPEND);
    }

    private static bool IsSound(LuceneDirectory directory)
    {
        try
        {
            if (!DirectoryReader.IndexExists(directory))
                return false;
            using DirectoryReader reader = DirectoryReader.Open(directory);
            if (!reader.IndexCommit.UserData.TryGetValue(VersionKey, out string? version) || version != Version)
                return false;
            foreach (AtomicReaderContext leaf in reader.Leaves)
                leaf.AtomicReader.CheckIntegrity();
            return true;
        }
        catch (Exception exception) when (exception is IOException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            return false;
        }
    }

    private static IndexWriter Writer(LuceneDirectory directory, OpenMode mode) => new(directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new PortalAnalyzer())
    {
        OpenMode = mode,
        RAMBufferSizeMB = 64,
        MergeScheduler = new SerialMergeScheduler(),
        WriteLockTimeout = 0,
    });
}
