namespace Nvdimm.Extensions;

public static partial class NvdimmCodes
{
    /// <summary>The input is not the JSON that ndctl prints; what precedes the fault is kept.</summary>
    public const string NdctlMalformed = "NVDIMM_NDCTL_MALFORMED";

    /// <summary>The input, a token of it, or the number of its namespaces exceeds the parser's limit.</summary>
    public const string NdctlTooLarge = "NVDIMM_NDCTL_TOO_LARGE";

    /// <summary>A key that no known ndctl version prints at this position.</summary>
    public const string NdctlUnknownKey = "NVDIMM_NDCTL_UNKNOWN_KEY";

    /// <summary>A mode that no known ndctl version prints.</summary>
    public const string NdctlUnknownMode = "NVDIMM_NDCTL_UNKNOWN_MODE";

    /// <summary>A value, other than a mode, that no known ndctl version prints.</summary>
    public const string NdctlUnknownValue = "NVDIMM_NDCTL_UNKNOWN_VALUE";

    /// <summary>A key is missing that ndctl always prints for such a namespace.</summary>
    public const string NdctlMissingKey = "NVDIMM_NDCTL_MISSING_KEY";

    /// <summary>A value of the wrong type or out of range.</summary>
    public const string NdctlBadValue = "NVDIMM_NDCTL_BAD_VALUE";

    /// <summary>A rounded size (<c>ndctl list -u</c>), from which the exact size cannot be recovered.</summary>
    public const string NdctlHumanSize = "NVDIMM_NDCTL_HUMAN_SIZE";

    /// <summary>A key appears twice in one object.</summary>
    public const string NdctlDuplicateKey = "NVDIMM_NDCTL_DUPLICATE_KEY";

    /// <summary>A namespace appears twice in one listing.</summary>
    public const string NdctlDuplicateDevice = "NVDIMM_NDCTL_DUPLICATE_DEVICE";

    /// <summary>A text is not valid UTF-8; the invalid bytes were replaced by U+FFFD.</summary>
    public const string NdctlInvalidText = "NVDIMM_NDCTL_INVALID_TEXT";

    /// <summary>ndctl could not convert some namespaces and listed the others (exit status 244).</summary>
    public const string NdctlPartial = "NVDIMM_NDCTL_PARTIAL";

    /// <summary>ndctl ran without root's rights, so it could not read all attributes.</summary>
    public const string NdctlNotRoot = "NVDIMM_NDCTL_NOT_ROOT";
}
