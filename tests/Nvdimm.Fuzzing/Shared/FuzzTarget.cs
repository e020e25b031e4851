namespace Nvdimm.Fuzzing.Shared;

/// <summary>A reader of foreign bytes, and what must hold whatever the bytes are.</summary>
internal abstract class FuzzTarget
{
    /// <summary>Its name, and that of its folder in <c>tests/TestData/fuzz</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What a mutation puts somewhere: keys, words, extreme values.</summary>
    public abstract IReadOnlyList<byte[]> Tokens { get; }

    /// <summary>What a mutation wraps a part in, again and again.</summary>
    public abstract IReadOnlyList<(byte[] Open, byte[] Close)> Wrappings { get; }

    /// <summary>How many bytes one execution may allocate for each byte of its input, beside <see cref="AllocatedAtMost"/>.</summary>
    protected abstract long AllocatedPerByte { get; }

    /// <summary>How many bytes one execution may allocate for an empty input.</summary>
    protected virtual long AllocatedAtMost => 1 << 20;

    /// <summary>Real inputs to begin with.</summary>
    public abstract IEnumerable<byte[]> Samples();

    /// <summary>The parts of an input, as far as it has such.</summary>
    public abstract void FindParts(byte[] input, List<InputPart> parts);

    /// <summary>Makes a mutated input fit together again, so that it is not refused at the first look.</summary>
    public virtual byte[] Repair(byte[] input, FuzzNumbers numbers) => input;

    /// <summary>Reads one input and checks what must hold.</summary>
    /// <exception cref="FuzzFailureException">Something does not hold.</exception>
    protected abstract void Read(byte[] input);

    /// <summary>One execution. What it allocates is bounded by the length of the input.</summary>
    /// <exception cref="FuzzFailureException">Something does not hold.</exception>
    public void Execute(byte[] input)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Read(input);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Must.Hold(allocated <= AllocatedAtMost + (AllocatedPerByte * input.Length), $"{allocated} bytes were allocated for an input of {input.Length}");
    }
}
