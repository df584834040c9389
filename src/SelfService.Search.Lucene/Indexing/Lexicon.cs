using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Util;
using SelfService.Search.Indexing;
using SelfService.Search.Ranking;

namespace SelfService.Search.Lucene.Indexing;

/// <summary>
/// What is counted over all documents: forms, in how many each stands, how long fields are. Lucene counts deleted documents
/// until their segment is merged, so that the same article would rank differently after each correction; this does not.
/// Belongs to the one writer.
/// </summary>
internal sealed class Lexicon(SearchLanguage language, RankingWeights weights)
{
    private readonly FieldLengths _lengths = new(weights);
    private Rarities? _rarities;
    private int[] _holders = [], _titleHolders = [], _nameHolders = [], _byFolded = [];
    private int _count;

    // Another one whenever an occurrence is worth something else than before.
    private object _averages = new();

    public Vocabulary Words { get; } = new();

    /// <summary>Documents as they were analysed, with the forms of <see cref="Words"/>.</summary>
    public DocumentCache Documents { get; } = new();

    /// <summary>True when most forms belong to versions of documents long replaced.</summary>
    public bool IsOutgrown => Words.Count > 20_000 && Words.Count > 2 * _holders.Count(holding => holding > 0);

    /// <summary>Counts a document in (+1) or out (-1).</summary>
    public void Weigh(IndexedDocument document, int sign)
    {
        Grow();
        _count += sign;
        _lengths.Add(document.Lengths, sign);
        for (int i = 0; i < document.Terms.Length; i++)
        {
            int term = document.Terms[i];
            _holders[term] += sign;
            _titleHolders[term] += Occurrences.Count(document.Counts[i], Field.Title) > 0 ? sign : 0;
            _nameHolders[term] += (document.Counts[i] & Occurrences.NamesMask) != 0 ? sign : 0;
        }
    }

    /// <summary>Counts everything a reader has.</summary>
    public void Count(DirectoryReader reader)
    {
        foreach (AtomicReaderContext leaf in reader.Leaves)
        {
            SegmentColumns columns = SegmentColumns.Of(leaf.AtomicReader);
            IBits? live = leaf.AtomicReader.LiveDocs;
            for (int doc = 0; doc < leaf.AtomicReader.MaxDoc; doc++)
            {
                if (live is null || live.Get(doc))
                {
                    _count++;
                    _lengths.Add(columns.LengthsOf(doc), +1);
                }
            }

            Count(leaf.AtomicReader, IndexFields.Any, term => ref _holders[term]);
            Count(leaf.AtomicReader, IndexFields.Title, term => ref _titleHolders[term]);
            Count(leaf.AtomicReader, IndexFields.Names, term => ref _nameHolders[term]);
        }
    }

    /// <summary>The index as it stands, for readers.</summary>
    public IndexView View(DirectoryReader reader, SearchLanguage searchedWith, long revision)
    {
        Grow();
        if (_lengths.Renew())
            _averages = new object();
        _rarities ??= new Rarities(language, weights, Words);
        _byFolded = Words.MergeByFolded(_byFolded, _holders.Length);
        int[] holders = [.. _holders];
        int[] naming = [.. _nameHolders];
        return new IndexView(reader, Documents, [.. reader.Leaves.Select(leaf => new Segment(leaf, SegmentColumns.Of(leaf.AtomicReader), SegmentColumns.Of(leaf.AtomicReader).WorthBy(_lengths, _averages)))])
        {
            Revision = revision,
            Language = searchedWith,
            Count = _count,
            Words = Words,
            TitleLength = _lengths.Average(Field.Title),
            Rarity = _rarities.Of(holders.Length, _count, term => holders[term]),
            TitleRarity = _rarities.Of(holders.Length, _count, term => _titleHolders[term]),
            Holders = holders,
            ByFolded = _byFolded,
            NamesByFolded = [.. _byFolded.Where(term => naming[term] > 0)],
        };
    }

    private delegate ref int Counter(int term);

    private void Count(AtomicReader reader, string field, Counter counter)
    {
        if (reader.GetTerms(field) is not { } terms)
            return;
        TermsEnum each = terms.GetEnumerator();
        DocsEnum? docs = null;
        while (each.MoveNext())
        {
            int term = Words.FindOrAdd(each.Term.Utf8ToString());
            Grow();
            if (!reader.HasDeletions)
            {
                counter(term) += each.DocFreq;
                continue;
            }

            docs = each.Docs(reader.LiveDocs, docs, DocsFlags.NONE);
            while (docs.NextDoc() != DocIdSetIterator.NO_MORE_DOCS)
                counter(term)++;
        }
    }

    private void Grow()
    {
        if (_holders.Length == Words.Count)
            return;
        // Room for a few more, or every new form would copy all of them; what counts is Words.Count.
        Array.Resize(ref _holders, Words.Count);
        Array.Resize(ref _titleHolders, Words.Count);
        Array.Resize(ref _nameHolders, Words.Count);
    }
}
