using Nvdimm.Extensions.Devices;

namespace Nvdimm.Extensions.Ownership;

/// <summary>
/// Whether two descriptions are of the same device, and by which facts. The same facts always give the same answer, in either order.
/// </summary>
/// <remarks>
/// Strong facts are the UUID, the UUID of the raw area, the identity of a file and, if neither has a raw UUID, the interleave set: a region
/// without labels has one namespace. Labels and content can be copied, and names change with each boot; they never decide alone, but they
/// are reported if they contradict a strong fact.
/// </remarks>
public sealed record Sameness
{
    private const int Strong = (1 << (int)DeviceFact.Uuid) | (1 << (int)DeviceFact.RawUuid) | (1 << (int)DeviceFact.File);
    private const int Copied = (1 << (int)DeviceFact.Labels) | (1 << (int)DeviceFact.Content);

    /// <summary>One bit for each fact, for speed: a start compares every device with every record.</summary>
    private readonly int agreeing;
    private readonly int differing;

    private Sameness(SamenessVerdict verdict, int agreeing, int differing) =>
        (Verdict, this.agreeing, this.differing) = (verdict, agreeing, differing);

    /// <summary>Whether it is the same device.</summary>
    public SamenessVerdict Verdict { get; }

    /// <summary>The facts that are known of both and agree.</summary>
    public ValueList<DeviceFact> Agreeing => FactsIn(agreeing);

    /// <summary>The facts that are known of both and differ.</summary>
    public ValueList<DeviceFact> Differing => FactsIn(differing);

    /// <summary>Whether it is certainly the same device.</summary>
    public bool IsSame => Verdict == SamenessVerdict.Same;

    /// <summary>Whether they are certainly two devices.</summary>
    public bool IsOther => Verdict == SamenessVerdict.Other;

    /// <summary>
    /// Whether one may be the raw area under the other, with all data at another offset. A namespace exposes its raw area if its superblock
    /// was not read, or its driver is not bound.
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
        return new Sameness(Check(one, other, agreeing, differing), agreeing, differing);

        void Note(DeviceFact fact, bool? agrees)
        {
            agreeing |= agrees == true ? 1 << (int)fact : 0;
            differing |= agrees == false ? 1 << (int)fact : 0;
        }
    }

    /// <summary>Lists facts in words for a message: <c>the uuid and the labels</c>; <c>nothing</c> for none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="facts"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="facts"/> has an undefined value.</exception>
    public static string InWords(IEnumerable<DeviceFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var words = EnumArgument.Checked(facts.ToValueList(), last: DeviceFact.Mode, nameof(facts)).Select(Word).ToList();
        return words switch
        {
            [] => "nothing",
            [var only] => only,
            _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
        };
    }

    private static SamenessVerdict Check(DeviceFacts one, DeviceFacts other, int agreeing, int differing)
    {
        if (one.IsFile != other.IsFile)
        {
            return SamenessVerdict.Other;
        }

        if (Has(agreeing, DeviceFact.RawArea))
        {
            return SamenessVerdict.MayBe;
        }

        // A region without labels has one namespace. Its interleave set identifies a namespace without a UUID, and exposes a copied UUID.
        var isWithoutLabels = one.RawUuid is null && other.RawUuid is null && (one.Uuid is null) == (other.Uuid is null);
        var isAgreed = (agreeing & Strong) != 0 || (Has(agreeing, DeviceFact.InterleaveSet) && isWithoutLabels && one.Uuid is null);
        var isContradicted = (differing & Strong) != 0 || (Has(differing, DeviceFact.InterleaveSet) && isWithoutLabels);
        if (isAgreed && !isContradicted)
        {
            return SamenessVerdict.Same;
        }

        // Data that a guest wrote also hints at a copy. Names and regions are hints only if no strong fact contradicts them.
        var isHinted = (agreeing & Copied) != 0
            || (!isContradicted
                && (Has(agreeing, DeviceFact.InterleaveSet)
                    || (Has(agreeing, DeviceFact.Name) && !Has(differing, DeviceFact.InterleaveSet))));
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
    /// Whether the first exposes the raw area under the second. The UUIDs decide; if one is missing, as in records of earlier versions, the
    /// kernel name does.
    /// </summary>
    private static bool IsRawAreaOf(DeviceFacts raw, DeviceFacts space)
    {
        var isNamed = IsOneHost(raw, space) && raw.Name == space.Name && raw.Mode is (NamespaceMode.Raw or NamespaceMode.Unknown);
        return (raw.Uuid, space.RawUuid) switch
        {
            ({ } shown, { } under) => shown == under,
            ({ } shown, null) => space.Uuid is { } uuid
                && uuid != shown
                && raw.Mode == NamespaceMode.Raw
                && space.Mode != NamespaceMode.Raw
                && isNamed,
            _ when space.Uuid is null => false,
            (null, { } under) when raw.RawUuid is { } rawUuid => rawUuid == under,

            // A raw namespace that got or lost a UUID is its own raw area: its data is not shifted.
            _ => isNamed && space.Mode != NamespaceMode.Raw,
        };
    }

    /// <summary>
    /// Whether the labels are of the same guest: both have a common UUID or, if only the hash was recorded, the same hash of labels that
    /// have a UUID. Null if they do not tell: blank label areas are alike everywhere, and guests change their labels.
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

/// <summary>Whether two descriptions are of the same device.</summary>
public enum SamenessVerdict
{
    /// <summary>They are two devices: a strong fact differs and none agrees, or nothing agrees at all.</summary>
    Other,

    /// <summary>
    /// It cannot be decided: no strong fact decides, or the facts contradict each other. Only the owner may use such a device.
    /// </summary>
    MayBe,

    /// <summary>It is the same device: a strong fact agrees and none differs.</summary>
    Same,
}
