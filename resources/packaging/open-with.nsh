; Offers Twinlens under "Open with" for pictures, and takes no kind of file away from the program that opens it now.
!macro customInstall
  !define APPLICATION "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
  WriteRegStr SHELL_CONTEXT "${APPLICATION}" "FriendlyAppName" "${PRODUCT_NAME}"
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\shell\open\command" "" '"$appExe" "%1"'
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\SupportedTypes" ".png" ""
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\SupportedTypes" ".jpg" ""
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\SupportedTypes" ".jpeg" ""
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\SupportedTypes" ".webp" ""
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\SupportedTypes" ".bmp" ""
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\SupportedTypes" ".tif" ""
  WriteRegStr SHELL_CONTEXT "${APPLICATION}\SupportedTypes" ".tiff" ""
!macroend

!macro customUnInstall
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Applications\${APP_EXECUTABLE_FILENAME}"
!macroend
