using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SelfService.Search.Analysis;

/// <summary>One token as a slice of the original text.</summary>
/// <param name="Start">First character in the original text.</param>
/// <param name="Length">Characters of the original text.</param>
/// <param name="IsWhole">
/// True for a code kept whole (<i>SKU-123</i>, <i>50%</i>, <i>correo@x.es</i>) beside its parts; it takes no position.
/// </param>
/// <param name="StartsPassage">True when a sentence or a line ended since the token before.</param>
internal readonly record struct Token(int Start, int Length, bool IsWhole, bool StartsPassage);

/// <summary>
/// Cuts text into words without copying it. Codes and other exact things (<i>C-7F3K-2Q9X</i>, <i>5.7.750</i>, <i>C#</i>,
/// <i>correo@x.es</i>, <i>50%</i>, <i>10GB</i>) come as their parts, then whole. Signs are never words; emoji are.
/// </summary>
internal ref struct Tokenizer(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;
    private Queue _pending;
    private int _at;
    private bool _passageEnded = true;

    /// <summary>The token found by the last <see cref="MoveNext"/>.</summary>
    public Token Current { get; private set; }

    /// <summary>Advances to the next token; false at the end of the text.</summary>
    public bool MoveNext()
    {
        if (_pending.TryTake(out Token token))
        {
            Current = token;
            return true;
        }

        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (Characters.IsWord(c))
            {
                ReadChunk();
            }
            else if (char.IsHighSurrogate(c) && _at + 1 < _text.Length && char.IsLowSurrogate(_text[_at + 1]))
            {
                ReadBeyondBasicPlane();
            }
            else
            {
                NoteBreak(c);
                if (CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.OtherSymbol && c > 0x2000)
                    Emit(_at, 1, isWhole: false);
                _at++;
            }

            if (_pending.TryTake(out token))
            {
                Current = token;
                return true;
            }
        }

        return false;
    }

    private void NoteBreak(char c)
    {
        if (c == '\n' || c is '¿' or '¡' or '•'
            || (c is '.' or '?' or '!' or ';' or '…' && (_at + 1 == _text.Length || char.IsWhiteSpace(_text[_at + 1]))))
            _passageEnded = true;
    }

    private void Emit(int start, int length, bool isWhole)
    {
        _pending.Add(new Token(start, length, isWhole, _passageEnded));
        _passageEnded = false;
    }

    /// <summary>Reads one run of words and the signs that join them (hyphen, dot, at …).</summary>
    private void ReadChunk()
    {
        int start = _at, part = _at, parts = 0;
        while (true)
        {
            while (_at < _text.Length && Characters.IsWord(_text[_at]))
                _at++;
            if (_at + 1 >= _text.Length || parts == Queue.Capacity - 2 || !Joins(_at))
                break;
            Emit(part, _at - part, isWhole: false);
            parts++;
            part = ++_at;
        }

        int end = _at + ReadSuffix(part);
        int split = parts == 0 && end == _at ? SplitOfNumberAndUnit(part, _at) : 0;
        if (split > 0)
        {
            Emit(part, split - part, isWhole: false);
            Emit(split, _at - split, isWhole: false);
        }
        else
        {
            Emit(part, _at - part, isWhole: false);
        }

        if (split > 0 || parts > 0 || end > _at)
            Emit(start, end - start, isWhole: true);
        _at = end;
    }

    private readonly bool Joins(int at)
    {
        char before = _text[at - 1], after = _text[at + 1];
        if (!Characters.IsWord(after))
            return false;
        return _text[at] switch
        {
            '-' or '_' or '\u2010' or '\u2011' or '.' or '@' => true,
            '\'' or '’' => char.IsLetter(before) && char.IsLetter(after),
            ',' or ':' => char.IsAsciiDigit(before) && char.IsAsciiDigit(after),
            _ => false,
        };
    }

    /// <summary>Signs that belong to the end of a name or number: <i>C#</i>, <i>C++</i>, <i>50%</i>.</summary>
    private readonly int ReadSuffix(int part)
    {
        if (_at >= _text.Length)
            return 0;
        bool shortName = _at - part <= 2 && char.IsAsciiLetter(_text[_at - 1]);
        return _text[_at] switch
        {
            '%' when char.IsAsciiDigit(_text[_at - 1]) => 1,
            '#' when shortName => 1,
            '+' when shortName && _at + 1 < _text.Length && _text[_at + 1] == '+' => 2,
            _ => 0,
        };
    }

    /// <summary>Where <i>10GB</i>, <i>Office365</i> fall in two, or 0. Codes with more than one change stay whole.</summary>
    private readonly int SplitOfNumberAndUnit(int start, int end)
    {
        if (end - start < 4 || end - start > 24)
            return 0;
        int split = 0;
        for (int i = start + 1; i < end; i++)
        {
            if (char.IsAsciiDigit(_text[i]) == char.IsAsciiDigit(_text[i - 1]))
                continue;
            if (split > 0)
                return 0;
            split = i;
        }

        int letters = split == 0 ? 0 : char.IsAsciiDigit(_text[start]) ? end - split : split - start;
        return letters >= 2 ? split : 0;
    }

    private void ReadBeyondBasicPlane()
    {
        int start = _at;
        var rune = new Rune(_text[_at], _text[_at + 1]);
        UnicodeCategory category = Rune.GetUnicodeCategory(rune);
        _at += 2;
        if (category == UnicodeCategory.OtherSymbol)
        {
            Emit(start, 2, isWhole: false);
        }
        else if (Rune.IsLetterOrDigit(rune))
        {
            // Mathematical or fraktur letters, pasted from social networks: NFKC makes plain letters of them.
            while (_at + 1 < _text.Length && Rune.TryCreate(_text[_at], _text[_at + 1], out rune) && Rune.IsLetterOrDigit(rune))
                _at += 2;
            Emit(start, _at - start, isWhole: false);
        }
    }

    /// <summary>The few tokens of one chunk that wait to be handed out.</summary>
    private struct Queue
    {
        public const int Capacity = 16;

        private Tokens _tokens;
        private int _first, _count;

        public void Add(Token token) => _tokens[_count++] = token;

        public bool TryTake(out Token token)
        {
            if (_first == _count)
            {
                _first = _count = 0;
                token = default;
                return false;
            }

            token = _tokens[_first++];
            return true;
        }

        [InlineArray(Capacity)]
        private struct Tokens
        {
            private Token _first;
        }
    }
}
