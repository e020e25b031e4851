namespace Nvdimm.Extensions.DomainXml;

/// <summary>The uuid of an NVDIMM as a POWER guest sees it.</summary>
public static class GuestUuid
{
    // Made once at random. Another value gives every guest another uuid, and with it an interleave-set cookie that its labels
    // do not carry: its namespaces are gone from sight.
    private static readonly Guid OurNamespace = new("ef918252-ff6a-4473-b8c8-fe589eb5dddb");

    /// <summary>
    /// The guest's uuid for a host namespace: name-based (RFC 9562, version 5) over the namespace's uuid as 36 lower-case
    /// characters, under <c>ef918252-ff6a-4473-b8c8-fe589eb5dddb</c>. The same at every start and in every version of this
    /// library, for ever: the guest's labels are bound to it. <c>uuidgen --sha1</c> gives the same.
    /// </summary>
    /// <remarks>
    /// Labels of version 1.2 keep its bytes 8 to 15 as their cookie, those of version 1.1 bytes 0 to 7. Neither half is ever zero,
    /// as version and variant are set bits of one each.
    /// </remarks>
    /// <param name="namespaceUuid">The uuid of the host's namespace.</param>
    /// <exception cref="ArgumentException">The uuid is all zero, which identifies nothing.</exception>
    public static Guid For(Guid namespaceUuid) => namespaceUuid == Guid.Empty
        ? throw new ArgumentException("An all-zero uuid identifies no namespace", nameof(namespaceUuid))
        : OfName(namespaceUuid.ToString("D"));

    /// <summary>The same for any other name, such as a path.</summary>
    internal static Guid OfName(string name) => NameBasedUuid.Create(OurNamespace, name);
}
