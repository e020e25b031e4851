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
    private Sameness(SamenessVerdict verdict, ValueList<DeviceFact> agreeing, ValueList<DeviceFact> differing) =>
        (Verdict, Agreeing, Differing) = (verdict, agreeing, differing);

    /// <summary>The answer.</summary>
    public SamenessVerdict Verdict { get; }

    /// <summary>The facts that are known of both and agree.</summary>
    public ValueList<DeviceFact> Agreeing { get; }

    /// <summary>The facts that are known of both and differ.</summary>
    public ValueList<DeviceFact> Differing { get; }

    /// <summary>Whether they are of one device for sure.</summary>
    public bool IsSame => Verdict == SamenessVerdict.Same;

    /// <summary>Whether they are of two devices for sure.</summary>
    public bool IsOther => Verdict == SamenessVerdict.Other;

    /// <summary>
    /// Whether one may be the raw area under the other, so that all data is shifted: a namespace shows it where its superblock was not read, or
    /// its driver is not bound.
    /// </summary>
    public bool IsRawArea => Agreeing.Contains(DeviceFact.RawArea);

    /// <summary>Compares two descriptions.</summary>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static Sameness Compare(DeviceFacts one, DeviceFacts other)
    {
        ArgumentNullException.ThrowIfNull(one);
        ArgumentNullException.ThrowIfNull(other);
        var facts = new List<(DeviceFact Fact, bool? Agrees)>
        {
            (DeviceFact.Uuid, Agree(one.Uuid, other.Uuid)),
            (DeviceFact.RawUuid, Agree(one.RawUuid, other.RawUuid)),
            (DeviceFact.RawArea, IsRawAreaOf(one, other) || IsRawAreaOf(other, one) ? true : null),
            (DeviceFact.File, Agree(one.File, other.File)),
            (DeviceFact.InterleaveSet, IsOneHost(one, other) ? Agree(one.InterleaveSet, other.InterleaveSet) : null),
            (DeviceFact.Labels, AgreeInLabels(one, other)),
            (DeviceFact.Content, Agree(one.ContentUuid, other.ContentUuid)),
            (DeviceFact.Name, IsOneHost(one, other) ? one.Name == other.Name : null),
            (DeviceFact.Size, Agree(one.Size, other.Size)),
            (DeviceFact.Mode, Agree(Known(one.Mode), Known(other.Mode))),
        };
        var agreeing = facts.Where(fact => fact.Agrees == true).Select(fact => fact.Fact).ToValueList();
        var differing = facts.Where(fact => fact.Agrees == false).Select(fact => fact.Fact).ToValueList();
        return new Sameness(Judge(one, other, agreeing, differing), agreeing, differing);
    }

    /// <summary>Facts in words, for a message: <c>the uuid and the labels</c>; <c>nothing</c> where there are none.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="facts"/> is null.</exception>
    public static string InWords(ValueList<DeviceFact> facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var words = facts.Select(Word).ToList();
        return words switch
        {
            [] => "nothing",
            [var only] => only,
            _ => $"{string.Join(", ", words.Take(words.Count - 1))} and {words[^1]}",
        };
    }

    private static SamenessVerdict Judge(DeviceFacts one, DeviceFacts other, ValueList<DeviceFact> agreeing, ValueList<DeviceFact> differing)
    {
        if (one.IsFile != other.IsFile)
        {
            return SamenessVerdict.Other;
        }

        if (agreeing.Contains(DeviceFact.RawArea))
        {
            return SamenessVerdict.MayBe;
        }

        // A region without labels has one namespace. Its interleave set stands for a namespace without uuid, and denies a uuid that was copied.
        var isWithoutLabels = one.RawUuid is null && other.RawUuid is null && (one.Uuid is null) == (other.Uuid is null);
        var isAgreed = agreeing.Any(fact => IsStrong(fact) || (fact == DeviceFact.InterleaveSet && isWithoutLabels && one.Uuid is null));
        var isContradicted = differing.Any(fact => IsStrong(fact) || (fact == DeviceFact.InterleaveSet && isWithoutLabels));
        if (isAgreed && !isContradicted)
        {
            return SamenessVerdict.Same;
        }

        // What a guest has written says so of a copy, too; names and regions say it only where no strong fact denies it.
        var isHinted = agreeing.Any(fact => fact is DeviceFact.Labels or DeviceFact.Content
            || (!isContradicted && (fact == DeviceFact.InterleaveSet || (fact == DeviceFact.Name && !differing.Contains(DeviceFact.InterleaveSet)))));
        return isAgreed || isHinted ? SamenessVerdict.MayBe : SamenessVerdict.Other;
    }

    private static bool IsStrong(DeviceFact fact) => fact is DeviceFact.Uuid or DeviceFact.RawUuid or DeviceFact.File;

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
            _ => isNamed,
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
