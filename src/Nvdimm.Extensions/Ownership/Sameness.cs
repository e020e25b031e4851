using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ownership;

/// <summary>
/// Whether two descriptions are of one device, and by which facts. Pure: the same facts always give the same answer, in either order.
/// </summary>
/// <remarks>
/// Strong facts are the uuid, the uuid of the raw area, the identity of a file, and, where neither has a raw uuid, the interleave set: a region
/// without labels has one namespace. Labels and content can be copied, names move with each boot: alone they decide nothing, but what they say
/// against a strong fact is not passed over.
/// </remarks>
public sealed record Sameness
{
    private const int Strong = (1 << (int)DeviceFact.Uuid) | (1 << (int)DeviceFact.RawUuid) | (1 << (int)DeviceFact.File);
    private const int Copied = (1 << (int)DeviceFact.Labels) | (1 << (int)DeviceFact.Content);

    /// <summary>A bit for each fact: a start compares every device with every record.</summary>
    private readonly int agreeing;
    private readonly int differing;

    private Sameness(SamenessVerdict verdict, int agreeing, int differing) => (Verdict, this.agreeing, this.differing) = (verdict, agreeing, differing);

    /// <summary>The answer.</summary>
    public SamenessVerdict Verdict { get; }

    /// <summary>The facts that are known of both and agree.</summary>
    public ValueList<DeviceFact> Agreeing => FactsIn(agreeing);

    /// <summary>The facts that are known of both and differ.</summary>
    public ValueList<DeviceFact> Differing => FactsIn(differing);

    /// <summary>Whether they are of one device for sure.</summary>
    public bool IsSame => Verdict == SamenessVerdict.Same;

    /// <summary>Whether they are of two devices for sure.</summary>
    public bool IsOther => Verdict == SamenessVerdict.Other;

    /// <summary>
    /// Whether one may be the raw area under the other, so that all data is shifted: a namespace shows it where its superblock was not read, or
    /// its driver is not bound.
    /// </summary>
    public bool IsRawArea => Has(agreeing, DeviceFact.RawArea);

    /// <summary>Compares two descriptions.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Sameness Compare(DeviceFacts one, DeviceFacts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var (agreeing, differing) = (0, 0);
        var isOneHost = IsOneHost(one, other);
        Note(DeviceFact.Uuid, Agree(one.Uuid, other.Uuid));
        Note(DeviceFact.RawUuid, Agree(one.RawUuid, other.RawUuid));
        Note(DeviceFact.RawArea, IsRawAreaOf(one, other) || IsRawAreaOf(other, one) ? true : null);
        Note(DeviceFact.File, Agree(one.File, other.File));
        Note(DeviceFact.InterleaveSet, isOneHost ? Agree(one.InterleaveSet, other.InterleaveSet) : null);
        Note(DeviceFact.Labels, AgreeInLabels(one, other));
        Note(DeviceFact.Content, Agree(one.ContentUuid, other.ContentUuid));
        Note(DeviceFact.Name, isOneHost ? one.Name == other.Name : null);
        Note(DeviceFact.Size, Agree(one.Size, other.Size));
        Note(DeviceFact.Mode, Agree(Known(one.Mode), Known(other.Mode)));
        return new Sameness(Judge(one, other, agreeing, differing), agreeing, differing);

        void Note(DeviceFact fact, bool? agrees)
        {
            agreeing |= agrees == true ? 1 << (int)fact : 0;
            differing |= agrees == false ? 1 << (int)fact : 0;
        }
    }

    /// <summary>Facts in words, for a message: <c>the uuid and the labels</c>; <c>nothing</c> where there are none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="facts"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="facts"/> has one that there is not.</exception>
    public static string InWords(ValueList<DeviceFact> facts)
    {
        var words = EnumArgument.Checked(facts, nameof(facts)).Select(Word).ToList();
        return words switch
        {
            [] => "nothing",
            [var only] => only,
            _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
        };
    }

    private static SamenessVerdict Judge(DeviceFacts one, DeviceFacts other, int agreeing, int differing)
    {
        if (one.IsFile != other.IsFile)
        {
            return SamenessVerdict.Other;
        }

        if (Has(agreeing, DeviceFact.RawArea))
        {
            return SamenessVerdict.MayBe;
        }

        // A region without labels has one namespace. Its interleave set stands for a namespace without uuid, and denies a uuid that was copied.
        var isWithoutLabels = one.RawUuid is null && other.RawUuid is null && (one.Uuid is null) == (other.Uuid is null);
        var isAgreed = (agreeing & Strong) != 0 || (Has(agreeing, DeviceFact.InterleaveSet) && isWithoutLabels && one.Uuid is null);
        var isContradicted = (differing & Strong) != 0 || (Has(differing, DeviceFact.InterleaveSet) && isWithoutLabels);
        if (isAgreed && !isContradicted)
        {
            return SamenessVerdict.Same;
        }

        // What a guest has written says so of a copy, too; names and regions say it only where no strong fact denies it.
        var isHinted = (agreeing & Copied) != 0
            || (!isContradicted && (Has(agreeing, DeviceFact.InterleaveSet) || (Has(agreeing, DeviceFact.Name) && !Has(differing, DeviceFact.InterleaveSet))));
        return isAgreed || isHinted ? SamenessVerdict.MayBe : SamenessVerdict.Other;
    }

    private static bool Has(int facts, DeviceFact fact) => (facts & (1 << (int)fact)) != 0;

    private static ValueList<DeviceFact> FactsIn(int facts)
    {
        var list = new List<DeviceFact>();
        for (var fact = DeviceFact.Uuid; fact <= DeviceFact.Mode; fact++)
        {
            if (Has(facts, fact))
            {
                list.Add(fact);
            }
        }

        return list.ToValueList();
    }

    /// <summary>
    /// Whether the first shows the raw area under the second. The uuids decide; the kernel name counts where one of them is missing, as in records
    /// of earlier versions.
    /// </summary>
    private static bool IsRawAreaOf(DeviceFacts raw, DeviceFacts space)
    {
        var isNamed = IsOneHost(raw, space) && raw.Name == space.Name && raw.Mode is (NamespaceMode.Raw or NamespaceMode.Unknown);
        return (raw.Uuid, space.RawUuid) switch
        {
            ({ } shown, { } under) => shown == under,
            ({ } shown, null) => space.Uuid is { } uuid && uuid != shown && raw.Mode == NamespaceMode.Raw && space.Mode != NamespaceMode.Raw && isNamed,
            _ when space.Uuid is null => false,
            (null, { } under) when raw.RawUuid is { } own => own == under,

            // A raw namespace that got a uuid, or lost it, is its own raw area: nothing is shifted.
            _ => isNamed && space.Mode != NamespaceMode.Raw,
        };
    }

    /// <summary>
    /// Labels of one guest: a uuid in both, or, where only the hash was noted, the same hash of labels that have a uuid. Blank label areas are alike
    /// everywhere, and labels that differ say nothing: guests change them.
    /// </summary>
    private static bool? AgreeInLabels(DeviceFacts one, DeviceFacts other) => (one.LabelUuids, other.LabelUuids) switch
    {
        ({ Count: > 0 } first, { Count: > 0 } second) => first.Any(second.Contains),
        ({ Count: > 0 }, null) or (null, { Count: > 0 }) when one.LabelHash is { } hash && hash == other.LabelHash => true,
        _ => null,
    };

    private static bool IsOneHost(DeviceFacts one, DeviceFacts other) => one.Host is null || other.Host is null || one.Host == other.Host;

    private static bool? Agree<T>(T? one, T? other)
        where T : class => one is null || other is null ? null : one.Equals(other);

    private static bool? Agree<T>(T? one, T? other)
        where T : struct => one is { } first && other is { } second ? first.Equals(second) : null;

    private static NamespaceMode? Known(NamespaceMode mode) => mode == NamespaceMode.Unknown ? null : mode;

    private static string Word(DeviceFact fact) => fact switch
    {
        DeviceFact.Uuid => "the uuid",
        DeviceFact.RawUuid => "the raw uuid",
        DeviceFact.RawArea => "the raw area",
        DeviceFact.File => "the inode",
        DeviceFact.InterleaveSet => "the interleave set",
        DeviceFact.Labels => "the guest's labels",
        DeviceFact.Content => "the content's uuid",
        DeviceFact.Name => "the name",
        DeviceFact.Size => "the size",
        _ => "the mode",
    };
}
