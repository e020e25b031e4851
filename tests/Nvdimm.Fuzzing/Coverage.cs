using System.Runtime.InteropServices;
using SharpFuzz.Common;

namespace Nvdimm.Fuzzing;

/// <summary>
/// Which branches an execution took, and how often: the instrumented libraries count them in a table, as afl-fuzz has it. Here the table
/// is in the process itself: nothing is sent to another one and back for each input.
/// </summary>
internal sealed unsafe class Coverage
{
    // SharpFuzz writes at the exclusive or of two numbers below 2^16.
    private const int Size = 1 << 16;

    private readonly byte[] seen = new byte[Size];

    public Coverage() => Trace.SharedMem = (byte*)NativeMemory.AllocZeroed(Size);

    /// <summary>How many branches were ever taken.</summary>
    public int Branches => Size - seen.AsSpan().Count((byte)0);

    private static Span<byte> Table => new(Trace.SharedMem, Size);

    /// <summary>Forgets what the last execution did.</summary>
    public static void Begin()
    {
        Table.Clear();
        Trace.PrevLocation = 0;
    }

    /// <summary>Whether the execution since <see cref="Begin"/> took a branch that none took before, or took one in another order of magnitude.</summary>
    public bool HasNew()
    {
        var isNew = false;
        for (var at = Table.IndexOfAnyExcept((byte)0); at < Size;)
        {
            var magnitude = Magnitude(Table[at]);
            isNew |= (seen[at] & magnitude) == 0;
            seen[at] |= magnitude;
            var next = Table[(at + 1)..].IndexOfAnyExcept((byte)0);
            at = next < 0 ? Size : at + 1 + next;
        }

        return isNew;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => seen.AsSpan().Clear();

    private static byte Magnitude(byte count) => count switch
    {
        < 4 => (byte)(1 << (count - 1)),
        < 8 => 8,
        < 16 => 16,
        < 32 => 32,
        < 128 => 64,
        _ => 128,
    };
}
